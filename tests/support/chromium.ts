/**
 * A page in headless Chromium, driven by its DevTools protocol; for tests of the pages we write.
 * @module
 */
import { dirname } from "node:path";
import { withTempDir } from "./temp_dir.ts";

/** A page that is open. */
export interface ChromiumPage {
  /** Runs an expression in the page and gives its value, which must be plain data. */
  readonly evaluate: (expression: string) => Promise<unknown>;
  /** Moves the pointer to a place in the window, in pixels. */
  readonly movePointer: (x: number, y: number) => Promise<void>;
  /** Presses a key and lets it go: "ArrowLeft", "Enter", " ", "Tab" or a letter. */
  readonly pressKey: (key: string) => Promise<void>;
  /** Loads the page again and waits until it has. */
  readonly reload: () => Promise<void>;
  /** What the page wrote to the console as a warning or an error, and what it threw. */
  readonly complaints: readonly string[];
}

/** Virtual key codes of keys that are no letters. */
const KEY_CODES: Readonly<Record<string, number>> = {
  Tab: 9,
  Enter: 13,
  " ": 32,
  ArrowLeft: 37,
  ArrowRight: 39,
};

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Path of the browser of this machine; undefined where there is none. */
export function findChromium(): string | undefined {
  for (const folder of (Deno.env.get("PATH") ?? "").split(":")) {
    for (const name of NAMES) {
      try {
        if (Deno.statSync(`${folder}/${name}`).isFile) return `${folder}/${name}`;
      } catch {
        // The next one may be there.
      }
    }
  }
  return undefined;
}

/** Options of {@linkcode withChromiumPage}. */
export interface ChromiumPageOptions {
  /** From {@linkcode findChromium}. */
  readonly browser: string;
  readonly html: string;
  /** @default [1280, 900] */
  readonly sizePx?: readonly [width: number, height: number];
  /** Files beside the page, by path below its folder. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** A browser that is asked to end gets this long before it is killed, in milliseconds. */
const MOST_CLOSING_MS = 5000;

/** Opens a page from a file, as a user does, waits until it has loaded, runs `body` and ends the browser. */
export async function withChromiumPage(
  { browser, html, sizePx = [1280, 900], files = {} }: ChromiumPageOptions,
  body: (page: ChromiumPage) => Promise<void>,
): Promise<void> {
  await withTempDir(async (folder) => {
    await Deno.writeTextFile(`${folder}/page.html`, html);
    for (const [path, bytes] of Object.entries(files)) {
      await Deno.mkdir(dirname(`${folder}/${path}`), { recursive: true });
      await Deno.writeFile(`${folder}/${path}`, bytes);
    }
    const child = new Deno.Command(browser, {
      args: [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--remote-debugging-port=0",
        `--user-data-dir=${folder}/profile`,
        `--window-size=${sizePx.join(",")}`,
        "about:blank",
      ],
      stdout: "null",
      stderr: "piped",
    }).spawn();
    try {
      const port = await debuggingPort(child.stderr);
      const session = await openSession(port);
      const complaints = listen(session);
      await session.call("Runtime.enable");
      await session.call("Log.enable");
      await session.call("Page.enable");
      const loaded = session.once("Page.loadEventFired");
      await session.call("Page.navigate", { url: `file://${folder}/page.html` });
      await loaded;
      await body({
        complaints,
        evaluate: async (expression) => {
          const { result, exceptionDetails } = await session.call("Runtime.evaluate", {
            expression,
            returnByValue: true,
            awaitPromise: true,
          }) as { result: { value: unknown }; exceptionDetails?: unknown };
          if (exceptionDetails !== undefined) throw new Error(JSON.stringify(exceptionDetails));
          return result.value;
        },
        movePointer: async (x, y) => {
          await session.call("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
        },
        pressKey: async (key) => {
          const text = key === "Enter" ? "\r" : key.length === 1 ? key : undefined;
          const code = KEY_CODES[key] ?? key.toUpperCase().charCodeAt(0);
          const known = { key, windowsVirtualKeyCode: code };
          await session.call("Input.dispatchKeyEvent", {
            type: "keyDown",
            ...known,
            ...(text === undefined ? {} : { text }),
          });
          await session.call("Input.dispatchKeyEvent", { type: "keyUp", ...known });
        },
        reload: async () => {
          const loaded = session.once("Page.loadEventFired");
          await session.call("Page.reload");
          await loaded;
        },
      });
      // One that ends by itself takes its helpers along, which else may write to the folder as it is removed.
      const timer = setTimeout(() => child.kill("SIGKILL"), MOST_CLOSING_MS);
      session.call("Browser.close").catch(() => {});
      await child.status;
      clearTimeout(timer);
      await session.closed;
    } finally {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended by itself.
      }
      await child.stderr.cancel().catch(() => {});
      await child.status;
    }
  });
}

/** The browser says where it listens as soon as it does. */
async function debuggingPort(stderr: ReadableStream<Uint8Array>): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const bytes of stderr.values({ preventCancel: true })) {
    text += decoder.decode(bytes, { stream: true });
    const port = /DevTools listening on ws:\/\/[^:]+:(\d+)\//.exec(text)?.[1];
    if (port !== undefined) return port;
  }
  throw new Error(`Chromium did not start:\n${text}`);
}

type Listener = (method: string, params: Record<string, unknown>) => void;

async function openSession(port: string) {
  const response = await fetch(`http://127.0.0.1:${port}/json/list`);
  const targets = await response.json() as { type: string; webSocketDebuggerUrl: string }[];
  const page = targets.find(({ type }) => type === "page")!;
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  const closed = new Promise((resolve) => socket.onclose = resolve);
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  const listeners = new Set<Listener>();
  let calls = 0;
  socket.onmessage = ({ data }) => {
    const { id, result, error, method, params } = JSON.parse(data);
    if (id === undefined) { for (const listener of listeners) listener(method, params); }
    else if (error === undefined) waiting.get(id)!.resolve(result);
    else waiting.get(id)!.reject(new Error(JSON.stringify(error)));
  };
  return {
    listeners,
    call: (method: string, params: object = {}): Promise<unknown> => {
      const id = ++calls;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      socket.send(JSON.stringify({ id, method, params }));
      return answer.promise;
    },
    once: (wanted: string): Promise<void> =>
      new Promise((resolve) => {
        const listener: Listener = (method) => {
          if (method !== wanted) return;
          listeners.delete(listener);
          resolve();
        };
        listeners.add(listener);
      }),
    closed,
  };
}

function listen({ listeners }: { listeners: Set<Listener> }): string[] {
  const complaints: string[] = [];
  listeners.add((method, params) => {
    if (method === "Runtime.exceptionThrown" || method === "Log.entryAdded") {
      complaints.push(JSON.stringify(params));
    }
    if (
      method === "Runtime.consoleAPICalled" && ["error", "warning"].includes(params.type as string)
    ) complaints.push(JSON.stringify(params));
  });
  return complaints;
}
