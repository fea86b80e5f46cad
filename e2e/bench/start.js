// How the measurements start: with the site's address and what is measured, and in a browser of
// their own.
import { chromium } from '@playwright/test'

/**
 * What the command line names: the address of the site, and a log or a folder.
 * @param {string} command what starts this
 */
export function given(command) {
  const [, , site, measured] = process.argv
  if (!site || !measured) throw new Error(`start this by \`cargo xtask bench ${command}\``)
  return { site, measured }
}

/** A Chromium that draws without a graphics card, as the tests' does. */
export function startBrowser() {
  return chromium.launch({
    executablePath: process.env['CHROMIUM'],
    chromiumSandbox: process.env['CHROMIUM_SANDBOX'] === 'on',
    args: ['--disable-gpu'],
  })
}
