// The camera: its picture on the screen, and one frame after the other to the reader until a QR is found.

import { h } from './dom.js';
import { say } from './words.js';

const WANTED = { video: { facingMode: { ideal: 'environment' }, width: { ideal: 1920 }, height: { ideal: 1080 } }, audio: false };
const PAUSE_MS = 120;
const SIDE_MAX = 1600;

let current = null;

/** Turns the camera off. */
export function stop() {
  current?.stream?.getTracks().forEach((track) => track.stop());
  current = null;
}

/**
 * The card with the camera's picture. `found(texts)` is told each set of texts seen and answers whether
 * they were of use; `failed(code)` is told why there is no camera; `cancelled()` that the person gave up.
 */
export function card({ hint, found, failed, cancelled, reader }) {
  stop();
  const run = { stream: null, unwanted: '' };
  current = run;
  const video = h('video', { playsinline: true, muted: true, 'aria-label': hint });
  video.muted = true;
  const light = h('button', { type: 'button', class: 'button', hidden: true }, say('light'));
  const start = h('p', { class: 'camera-note', role: 'status' }, say('camera-starting'));
  const advice = h('p', { class: 'camera-hint', role: 'status' }, hint);
  watch(run, video, { found, failed, reader, light, start, advice });
  return h('section', { class: 'card camera', 'aria-label': say('scan') },
    h('div', { class: 'view' }, video, h('div', { class: 'frame', 'aria-hidden': 'true' }), start),
    advice,
    h('div', { class: 'row' }, h('button', { type: 'button', class: 'button', onclick: cancelled, 'data-focus': true }, say('cancel')), light));
}

async function watch(run, video, { found, failed, reader, light, start, advice }) {
  try {
    const [stream, eyes] = await Promise.all([opened(), reader()]);
    run.stream = stream;
    if (run !== current) return stream.getTracks().forEach((track) => track.stop());
    video.srcObject = stream;
    await video.play();
    start.remove();
    offerLight(stream, light);
    await look(run, video, eyes, found, advice);
  } catch (fault) {
    if (run !== current) return;
    stop();
    failed(reason(fault));
  }
}

function opened() {
  if (!navigator.mediaDevices?.getUserMedia) throw new DOMException('', 'NotFoundError');
  return navigator.mediaDevices.getUserMedia(WANTED);
}

async function look(run, video, eyes, found, advice) {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  while (run === current) {
    const texts = video.videoWidth ? await eyes.texts(frame(video, canvas, context)) : [];
    const key = texts.join('\n');
    // A code that is of no use is told once, not eight times a second.
    if (run === current && key && key !== run.unwanted && !(await found(texts))) {
      run.unwanted = key;
      advice.textContent = say('camera-unwanted');
    }
    await new Promise((resume) => setTimeout(resume, PAUSE_MS));
  }
}

function frame(video, canvas, context) {
  const factor = Math.min(1, SIDE_MAX / Math.max(video.videoWidth, video.videoHeight));
  canvas.width = Math.round(video.videoWidth * factor);
  canvas.height = Math.round(video.videoHeight * factor);
  context.drawImage(video, 0, 0, canvas.width, canvas.height);
  return context.getImageData(0, 0, canvas.width, canvas.height);
}

function offerLight(stream, light) {
  const [track] = stream.getVideoTracks();
  if (!track.getCapabilities?.().torch) return;
  let on = false;
  light.hidden = false;
  light.setAttribute('aria-pressed', 'false');
  light.addEventListener('click', async () => {
    on = !on;
    light.setAttribute('aria-pressed', String(on));
    await track.applyConstraints({ advanced: [{ torch: on }] });
  });
}

function reason(fault) {
  if (fault.name === 'NotAllowedError' || fault.name === 'SecurityError') return 'camera-refused';
  return fault instanceof DOMException ? 'camera-none' : 'reader-missing';
}
