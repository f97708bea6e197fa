import { hash } from 'node:crypto';

/** The whole look of the sign-in pages: no font, image or script from anywhere. Light and dark, by the reader's choice. */
export const pageStyle = `
:root { color-scheme: light dark; --page: #f5f5f5; --card: #fff; --text: #242424; --quiet: #616161; --line: #d1d1d1;
  --accent: #0f6cbd; --accent-text: #fff; --accent-strong: #115ea3; --problem: #b10e1c; --problem-page: #fdf3f4; }
@media (prefers-color-scheme: dark) { :root { --page: #141414; --card: #292929; --text: #fff; --quiet: #adadad;
  --line: #525252; --accent: #479ef5; --accent-text: #0a0a0a; --accent-strong: #62abf5; --problem: #f1707b;
  --problem-page: #3b0d11; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 16px; background: var(--page);
  color: var(--text); font: 14px/20px "Segoe UI", system-ui, -apple-system, sans-serif; }
main { width: 100%; max-width: 400px; padding: 32px; border-radius: 8px; background: var(--card);
  border: 1px solid var(--line); box-shadow: 0 2px 8px rgb(0 0 0 / 8%); }
.brand { margin: 0 0 24px; font-weight: 600; color: var(--quiet); letter-spacing: .02em; }
h1 { margin: 0 0 8px; font-size: 24px; line-height: 32px; font-weight: 600; }
p { margin: 0 0 16px; }
.quiet { color: var(--quiet); overflow-wrap: anywhere; }
.problem { padding: 10px 12px; border-radius: 4px; color: var(--problem); background: var(--problem-page); }
label { display: block; margin: 0 0 4px; font-weight: 600; }
input { width: 100%; margin: 0 0 16px; padding: 8px 12px; font: inherit; color: inherit; background: transparent;
  border: 1px solid var(--line); border-bottom-color: var(--quiet); border-radius: 4px; }
input.code { font: 20px/28px ui-monospace, Consolas, monospace; letter-spacing: .2em; text-transform: uppercase; }
:is(input, button):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.actions { display: flex; flex-direction: row-reverse; gap: 8px; margin-top: 8px; }
button { flex: 1; padding: 8px 16px; font: inherit; font-weight: 600; border-radius: 4px; border: 1px solid var(--line);
  background: transparent; color: inherit; cursor: pointer; }
button.primary { border-color: transparent; background: var(--accent); color: var(--accent-text); }
button.primary:hover { background: var(--accent-strong); }
code.shown { display: block; padding: 12px; border: 1px solid var(--line); border-radius: 4px; overflow-wrap: anywhere;
  user-select: all; }
`;

/** Lets this style in, and no other. */
export const pageStyleSource = `'sha256-${hash('sha256', pageStyle, 'base64')}'`;
