/**
 * HTML put together without forgetting to escape.
 * @module
 */

/** Known to this file alone, so that no value read from a file can pass for markup. */
const MARKUP = Symbol("markup");

/** Text that is HTML already. */
export interface Html {
  readonly [MARKUP]: string;
}

/** What may stand in a template: text and numbers are escaped, lists are joined, nothing is left out. */
export type HtmlValue = string | number | Html | undefined | readonly HtmlValue[];

/**
 * Builds HTML from a template; values are escaped for text and for attributes in double quotes. Nothing makes a value
 * safe within a script, a style sheet or an unquoted attribute: do not put any there.
 */
export function markup(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0]!;
  values.forEach((value, i) => text += render(value) + strings[i + 1]!);
  return { [MARKUP]: text };
}

/** Takes text as HTML. Only for text of our own making. */
export function trustedHtml(text: string): Html {
  return { [MARKUP]: text };
}

/** Turns HTML back into a string. */
export function htmlText(markup: Html): string {
  return markup[MARKUP];
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function render(value: HtmlValue): string {
  if (value === undefined) return "";
  if (typeof value === "number") return String(value);
  if (typeof value === "string") return value.replace(/[&<>"']/g, (sign) => ENTITIES[sign]!);
  if (MARKUP in value) return value[MARKUP];
  return value.map(render).join("");
}
