// The picture of all calls as rows: what is live, who waits where, and how the sources are.

import {counted, lasting} from './text.js';

/** Most rows of a table: what is behind them is counted. */
export const MOST = 200;

const byName = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/**
 * Looks through everything once.
 *
 * @return rows of calls, leg by leg, those of one call together and the oldest call first; and counts of everything, shown or not.
 */
export function survey(fold, now) {
  const calls = new Map();
  const queues = new Map([...fold.groups].map(name => [name, {name, waiting: 0, since: null, isEarlier: false, ready: 0, members: 0}]));
  let legs = 0;
  let shown = 0;
  let waiting = 0;
  for (const one of fold.sessions.values()) {
    if (one.group !== null && queues.has(one.group)) {
      wait(queues.get(one.group), one);
      waiting++;
    }
    if (one.state !== 'null') {
      legs++;
      const id = one.callId ?? one.id;
      const call = calls.get(id);
      if (call) {
        if (call.length > 0 && shown < MOST) {
          call.push(one);
          shown++;
        }
      } else {
        calls.set(id, shown < MOST ? [one] : []);
        shown += shown < MOST ? 1 : 0;
      }
    }
  }
  for (const {group, state} of fold.members.values()) {
    const queue = queues.get(group);
    queue.members++;
    queue.ready += state === 'ready' ? 1 : 0;
  }
  const rows = [];
  for (const call of calls.values()) {
    call.forEach((one, i) => rows.push([one.id, {...one, origin: fold.sources.get(one.source), now}, i === 0]));
  }
  const sorted = [...queues.values()].sort((a, b) => b.waiting - a.waiting || byName(a.name, b.name));
  return {rows, legs, calls: calls.size, waiting, queues: sorted};
}

function wait(queue, one) {
  queue.waiting++;
  if (queue.since === null || one.queued.at < queue.since) {
    queue.since = one.queued.at;
    queue.isEarlier = one.queued.earlier;
  }
}

/** How long the first one waits; of one that has waited already when it was seen first, at least. */
export const longest = (queue, now) => (queue.since === null ? '–' : (queue.isEarlier ? '> ' : '') + lasting(now - queue.since));

/** Whom a session is with: a number, else a name, else the queue that it waits in. */
export const party = (number, name, group) => number ?? name ?? (group === null ? 'not known' : `queue ${group}`);

const arrow = {incoming: '← ', outgoing: '→ '};
const isBehind = one => one.origin !== undefined && (one.origin.state === 'down' || one.origin.stale);

const time = {style: 'number', text: one => lasting(one.now - (one.established ?? one.created)),
  sub: one => (one.established === null ? '' : 'connected')};
const withWhom = {text: one => (arrow[one.direction] ?? '') + party(one.remote, one.name, one.group),
  sub: one => [one.remote !== null && one.name !== one.remote ? one.name : null,
    one.group !== null && (one.remote ?? one.name) !== null ? `queue ${one.group}` : null].filter(Boolean).join(', ')};
const state = {text: one => one.state, tone: one => (isBehind(one) ? 'stale' : one.state),
  sub: one => (isBehind(one) ? `source ${one.origin.state === 'down' ? 'down' : 'out of date'}` : one.media === 'call' ? '' : one.media)};

export const callColumns = [
  {text: one => one.user ?? 'outside', sub: one => (one.user === null ? 'no local user' : '')},
  withWhom, state,
  {style: 'wide id', text: one => one.callId ?? ''},
  {style: 'wide', text: one => one.source.slice(1)},
  time,
];

export const userColumns = [withWhom, state, {style: 'wide id', text: one => one.callId ?? ''}, time];

export const queueColumns = [
  {text: queue => queue.name},
  {style: 'number', text: queue => String(queue.waiting)},
  {style: 'number', text: queue => longest(queue, queue.now)},
  {style: 'number', text: queue => `${queue.ready} of ${queue.members}`},
];

/** What is behind the rows that are shown. */
export const behind = (shown, all, noun) => (all > shown ? `and ${counted(all - shown, noun)} more` : '');
