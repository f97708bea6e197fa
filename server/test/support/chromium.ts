import { existsSync } from 'node:fs';
import { after } from 'node:test';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = [process.env.CHROMIUM_PATH ?? '', ...places].find((place) => existsSync(place));

/** Why a test that needs a browser cannot run here; false when it can. */
export const noChromium =
  executablePath === undefined && 'there is no Chromium here; CHROMIUM_PATH names one';

/** A browser starts slowly on a busy machine. */
export const patienceMs = 180_000;

/** Starts the browser of this machine; it is closed after the tests of the file. */
export async function launchChromium(): Promise<Browser> {
  const browser = await chromium.launch({
    executablePath: executablePath ?? '',
    args: ['--no-sandbox'],
    timeout: patienceMs,
  });
  after(() => browser.close());
  return browser;
}
