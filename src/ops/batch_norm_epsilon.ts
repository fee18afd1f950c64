/**
 * A number of batch norm, apart from its operations: who folds it away needs no tensors.
 * @module
 */

/** Added to the variance; PyTorch's default. */
export const BATCH_NORM_EPSILON = 1e-5;
