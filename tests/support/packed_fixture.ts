/**
 * Files within fixtures.
 * @module
 */

/** Unpacks a file that a generator has put into a fixture, compressed by gzip and written in base64. */
export async function unpackFixture(gzip: string): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([Uint8Array.fromBase64(gzip)]).stream()
    .pipeThrough(new DecompressionStream("gzip"));
  return await new Response(stream).bytes();
}
