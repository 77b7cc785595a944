// Verifies a certificate from its bytes, with nothing but a trust file and perhaps a status list.
// Mirrors app/certificates/verify.py check for check; docs/formats/certificate.md, section 8.

import { read as readBack } from './backpage.js';
import { read as readCredential } from './credential.js';
import { covers } from './delegation.js';
import { Refused } from './spelling.js';
import { disowned, revoked } from './status.js';
import { authority, epoch } from './trust.js';

export const GENUINE = 'certificate-genuine-match-ktp';
export const STEPS = ['decode', 'authority', 'delegation', 'signature', 'serial', 'day', 'status', 'back'];
const NOT_SIGNED = [
  'unsigned-birth-place',
  'unsigned-nik-digits',
  'unsigned-intake',
  'unsigned-grade',
  'unsigned-module-titles',
  'unsigned-attendance',
  'unsigned-signatories',
  'unsigned-letterhead',
];

/**
 * The verdict. `question` is { raw, trust, today, status, back, host, warnings }: trust and status as
 * `trust.read` and `status.read` give them (status and back may be null), `today` a day number.
 * Never throws for anything that stands in the certificate or on the paper.
 */
export async function verify(question) {
  let found;
  try {
    found = readCredential(question.raw);
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    return verdict(question, [failed('decode', fault.code)], null, null);
  }
  const checks = [passed('decode')];
  const back = backOf(question);
  for await (const check of chain(question, found, back)) {
    checks.push(check);
    if (check.outcome === 'failed') break;
  }
  return verdict(question, checks, found, back);
}

async function* chain(question, found, back) {
  const { content, delegation } = found;
  const issuer = authority(question.trust.file, delegation.authorityKid);
  yield authorityCheck(issuer, found);
  yield held('delegation', await delegation.verifies(issuer.publicKey), 'certificate-delegation-forged');
  yield held('signature', await found.verifies(), 'certificate-signature-wrong');
  const { centre, first, last, notBefore, expires } = delegation;
  yield held('serial', covers(delegation, content.serial), 'certificate-serial-outside', { centre, first, last });
  const alive = notBefore <= content.signed && content.signed <= expires;
  yield held('day', alive, 'certificate-day-outside', { not_before: notBefore, expires });
  yield statusCheck(question.status, found);
  yield backCheck(question, found, back);
}

function authorityCheck(issuer, { content, delegation }) {
  if (!issuer) return failed('authority', 'certificate-authority-unknown');
  if (content.signed < issuer.firstDay || content.signed > issuer.lastDay) {
    return failed('authority', 'certificate-authority-not-alive');
  }
  const genuine = issuer.genuine === null || issuer.genuine.has(delegation.digest);
  const facts = { authority: issuer.name, centre: delegation.centre, device: delegation.device };
  return held('authority', genuine, 'certificate-authority-compromised', facts);
}

function statusCheck(status, found) {
  if (!status) return skipped('status');
  const facts = { dated: status.list.dated };
  const reason = revoked(status.list, found.content.serial, found.digest);
  if (reason) return failed('status', `certificate-revoked-${reason}`, facts);
  const foreign = disowned(status.list, found.delegation.digest, found.digest);
  return held('status', !foreign, 'certificate-delegation-compromised', facts);
}

function backOf({ back }) {
  if (!back) return null;
  try {
    return readBack(back);
  } catch (fault) {
    if (fault instanceof Refused) return null;
    throw fault;
  }
}

function backCheck(question, found, back) {
  if (!question.back) return skipped('back');
  const matches = back !== null && back.digest === found.content.back;
  return held('back', matches, 'certificate-back-mismatch', { modules: back ? back.modules.length : 0 });
}

function held(step, holds, code, facts = {}) {
  return holds ? passed(step, facts) : failed(step, code, facts);
}

function passed(step, facts = {}) {
  return { step, outcome: 'passed', code: null, facts };
}

function failed(step, code, facts = {}) {
  return { step, outcome: 'failed', code, facts };
}

function skipped(step) {
  return { step, outcome: 'skipped', code: null, facts: {} };
}

function* warnings({ trust, status, today, host, warnings: given = [] }, found) {
  yield* given;
  if (today > trust.file.nextUpdate) yield 'trust-stale';
  if (!status) {
    yield 'status-missing';
  } else {
    if (status.list.epoch < epoch(trust.file)) yield 'status-superseded';
    if (status.list.dated > today) yield 'status-ahead';
    if (today > status.list.nextUpdate) yield 'status-stale';
  }
  if (found && found.content.signed > today) yield 'signed-ahead';
  if (host && host !== trust.file.host) yield 'qr-host-strange';
}

function verdict(question, checks, found, back) {
  const done = new Set(checks.filter((check) => check.outcome === 'passed').map((check) => check.step));
  const signed = found && done.has('signature') ? found : null;
  const failure = checks.find((check) => check.outcome === 'failed') ?? null;
  const unsigned = signed && signed.content.number === null ? ['unsigned-number', ...NOT_SIGNED] : NOT_SIGNED;
  return {
    checks,
    failed: failure,
    code: failure ? failure.code : GENUINE,
    certified: signed ? signed.content : null,
    modules: back && done.has('back') ? back.modules : null,
    warnings: [...warnings(question, signed)],
    notSigned: signed ? unsigned : [],
    trust: question.trust,
    status: question.status ?? null,
    host: question.host ?? null,
  };
}
