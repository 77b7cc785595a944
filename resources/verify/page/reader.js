// Finds QR codes in pictures with ZXing compiled to WebAssembly; loaded only when a picture is to be read.

import { prepareZXingModule, readBarcodes } from '../vendor/zxing/reader/index.js';

const ENGINE = '/v/vendor/zxing/zxing_reader.wasm';
const SIDE_MAX = 4000;
const ENLARGED = 3000;
const OPTIONS = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 8 };

let ready;

/** Loads the engine; rejects where it is neither in the page nor within reach. */
export function prepare() {
  ready ??= start().catch((fault) => {
    ready = undefined;
    throw fault;
  });
  return ready;
}

/** The texts of the QR codes in a picture's pixels, without repetition. */
export async function texts(pixels) {
  await prepare();
  const found = await readBarcodes(pixels, OPTIONS);
  return [...new Set(found.filter((code) => code.isValid).map((code) => code.text))];
}

/** The same for a file of a picture; rejects if the browser cannot show it. A small one is enlarged once. */
export async function textsInPicture(file) {
  const picture = await createImageBitmap(file);
  const longest = Math.max(picture.width, picture.height);
  const found = await texts(pixelsOf(picture, Math.min(1, SIDE_MAX / longest)));
  if (found.length || longest >= ENLARGED) return found;
  return texts(pixelsOf(picture, Math.min(2, ENLARGED / longest)));
}

async function start() {
  const wasmBinary = embedded() ?? (await fetched());
  // Without `locateFile` the package would look for its engine at a public host.
  await prepareZXingModule({ overrides: { wasmBinary, locateFile: () => ENGINE }, fireImmediately: true });
}

function embedded() {
  const text = document.getElementById('embedded-reader')?.textContent;
  return text ? Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer : null;
}

async function fetched() {
  const answer = await fetch(ENGINE);
  if (!answer.ok) throw new Error('engine not there');
  return answer.arrayBuffer();
}

/** On white where it is transparent. */
function pixelsOf(picture, factor) {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(picture.width * factor));
  canvas.height = Math.max(1, Math.round(picture.height * factor));
  const context = canvas.getContext('2d', { willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}
