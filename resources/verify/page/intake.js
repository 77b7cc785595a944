// From what a person offers (texts, a file) to a front and a back page, or to the code of why not.

import { digest } from '../chain/backpage.js';
import { read as readCredential } from '../chain/credential.js';
import { carried } from '../chain/qr.js';
import { Refused } from '../chain/spelling.js';

const FILE_MAX = 64 << 20;

/** The front and back page among texts; throws Refused with the codes of the Python doors. */
export function sorted(texts) {
  const ours = texts.map(ownOrNull).filter((one) => one !== null);
  if (!ours.length) {
    if (texts.length === 1) carried(texts[0]);
    throw new Refused('certificate-foreign-qr');
  }
  const fronts = ours.filter((one) => !one.isBack);
  if (fronts.length > 1) throw new Refused('certificate-several', { count: fronts.length });
  const backs = ours.filter((one) => one.isBack).map((one) => one.payload);
  return { front: fronts[0] ?? null, back: belonging(fronts[0], backs) };
}

/** The texts in a file of a picture; throws Refused. */
export async function textsInFile(file, reader) {
  if (file.size === 0) throw new Refused('certificate-file-empty');
  if (file.size > FILE_MAX) throw new Refused('certificate-file-too-big', { limit: FILE_MAX >> 20 });
  if (await isPdf(file)) throw new Refused('picture-pdf');
  const eyes = await available(reader);
  let texts;
  try {
    texts = await eyes.textsInPicture(file);
  } catch {
    throw new Refused('certificate-picture-damaged');
  }
  if (!texts.length) throw new Refused('certificate-no-qr');
  return texts;
}

/** The reader, loaded; throws Refused("reader-missing"). */
async function available(reader) {
  try {
    return await reader();
  } catch {
    throw new Refused('reader-missing');
  }
}

function ownOrNull(text) {
  try {
    return carried(text);
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

/** The back page the front names; a stranger must not pass for a missing one, so else the first. */
function belonging(front, backs) {
  const wanted = front && wantedBy(front.payload);
  return backs.find((raw) => digest(raw) === wanted) ?? backs[0] ?? null;
}

function wantedBy(payload) {
  try {
    return readCredential(payload).content.back;
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

async function isPdf(file) {
  const start = new Uint8Array(await file.slice(0, 1024).arrayBuffer());
  return String.fromCharCode(...start).includes('%PDF-');
}
