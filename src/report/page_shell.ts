/**
 * What all pages have around their content.
 * @module
 */
import { type Html, htmlText, markup, trustedHtml } from "./html.ts";
import { PAGE_STYLE } from "./page_style.ts";

/** Options of {@linkcode pageShell}. */
export interface PageShellOptions {
  /** Of the window. */
  readonly title: string;
  /** Added to the style of all pages; text of our own making. */
  readonly style?: string;
  /** Text of our own making. @default none, and the page may run nothing */
  readonly script?: string;
  /** Within the `main` element. */
  readonly content: Html;
  /** A line under everything. */
  readonly footer: string;
}

/** Writes a page that may show what it contains, and fetch nothing. */
export function pageShell(
  { title, style = "", script, content, footer }: PageShellOptions,
): string {
  const policy = [
    "default-src 'none'",
    "img-src data:",
    "style-src 'unsafe-inline'",
    ...(script === undefined ? [] : ["script-src 'unsafe-inline'"]),
  ].join("; ");
  return htmlText(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<style>${trustedHtml(PAGE_STYLE + style)}</style>
</head>
<body>
<main>
${content}
</main>
<footer>${footer}</footer>${
    script === undefined ? undefined : markup`\n<script>${trustedHtml(script)}</script>`
  }
</body>
</html>
`);
}
