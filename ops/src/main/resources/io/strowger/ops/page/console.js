// The console: asks for a token once, reads one stream of everything, and shows it.

import {behind, callColumns, longest, MOST, queueColumns, survey} from './calls.js';
import {Fold} from './fold.js';
import {Health} from './health.js';
import {Link} from './link.js';
import {Operate} from './operate.js';
import {Picture} from './picture.js';
import {put, say, show, Table} from './table.js';
import {clock, count, counted} from './text.js';
import {User} from './user.js';

const KEPT = 'strowger.token';
const STREAM = 'all';
const FRAME_MS = 200;
const ANEW_MS = 300;
const ANEW_APART_MS = 3000;

const of = id => document.getElementById(id);
const calls = new Table('calls', callColumns, 'No call is under way.');
const queues = new Table('queues', queueColumns, 'No queue was heard of yet.');
const operate = new Operate();

let session = null;
let frame = null;

/** Everything that one token shows. */
class Session {
  constructor(token) {
    this.state = {name: 'connecting', since: Date.now(), reason: undefined};
    this.anewAt = 0;
    this.anewTimer = null;
    this.picture = new Picture(draw, event => this.#look(event));
    this.health = new Health(token, draw);
    this.link = new Link(token, {
      state: (name, since, reason) => {
        this.state = {name, since, reason};
        if (name !== 'live') {
          this.picture.follows = null;
        }
        draw();
      },
      refused: reason => leave(reason),
    });
    this.user = new User(this.link, draw);
    this.link.open(STREAM, {}, this.picture);
  }

  /** What no event tells is asked for anew, not more often than it helps. */
  #look(event) {
    if (Fold.isNewsOfAll(event.type) && this.anewTimer === null) {
      this.anewTimer = setTimeout(() => {
        this.anewTimer = null;
        this.anewAt = Date.now();
        // without a connection it follows behind a gap
        this.picture.follows = this.state.name === 'live' ? this.picture.fold : null;
        this.link.anew(STREAM);
      }, Math.max(ANEW_MS, this.anewAt + ANEW_APART_MS - Date.now()));
    }
  }

  stop() {
    clearTimeout(this.anewTimer);
    this.link.stop();
    this.health.stop();
  }
}

function enter(token) {
  sessionStorage.setItem(KEPT, token);
  show('enter', false);
  show('token-problem', false);
  show('leave', true);
  show('console', true);
  session = new Session(token);
  draw();
}

/** Forgets the token, and says why if it was not the person's wish. */
function leave(reason) {
  sessionStorage.removeItem(KEPT);
  session?.stop();
  session = null;
  show('console', false);
  show('leave', false);
  show('enter', true);
  put(of('token-problem'), reason);
  show('token-problem', reason !== undefined);
  of('link').dataset.state = 'none';
  say('link', 'Not connected');
  of('token').value = '';
  of('token').focus();
}

/** Draws soon; several changes at once are drawn once. */
function draw() {
  frame ??= setTimeout(() => {
    frame = null;
    if (session !== null) {
      drawNow(session);
    }
  }, FRAME_MS);
}

function drawNow({picture, health, user, state}) {
  drawLink(picture, state);
  // while nothing is heard nothing grows older
  const time = state.name === 'live' ? Date.now() : state.since;
  const now = picture.at(time);
  const seen = survey(picture.fold, now);
  const isKnown = picture.wholeAt !== null;
  calls.show(seen.rows);
  say('calls-more', behind(seen.rows.length, seen.legs, 'leg'));
  queues.show(seen.queues.slice(0, MOST).map(queue => [queue.name, {...queue, now}, false]));
  say('queues-more', behind(Math.min(MOST, seen.queues.length), seen.queues.length, 'queue'));
  const first = seen.queues.filter(queue => queue.since !== null).sort((a, b) => a.since - b.since)[0];
  const isIn = [...picture.fold.users.values()].filter(presence => presence === 'in').length;
  say('tile-calls', isKnown ? count(seen.calls) : '–');
  say('tile-legs', isKnown ? counted(seen.legs, 'leg') : '');
  say('tile-waiting', isKnown ? count(seen.waiting) : '–');
  say('tile-longest', first ? `longest ${longest(first, now)}` : '');
  say('tile-users', isKnown ? count(isIn) : '–');
  say('tile-known', isKnown ? `of ${count(picture.fold.users.size)} known` : '');
  operate.show(picture.fold, health);
  user.show(time);
  say('position', picture.position === null ? 'no position' : `behind ${picture.position}`);
}

function drawLink(picture, {name, since, reason}) {
  const isShown = picture.wholeAt !== null;
  const texts = {
    connecting: isShown ? `Not connected since ${clock(since)}` : 'Connecting …',
    waiting: `Not connected since ${clock(since)}`,
    stale: `Nothing heard since ${clock(since)}`,
    live: isShown ? 'Live' : 'Reading the status …',
  };
  say('link', texts[name]);
  of('link').dataset.state = name === 'live' && !isShown ? 'connecting' : name;
  const isOld = isShown && name !== 'live';
  of('console').classList.toggle('old', isOld);
  const notice = isOld ? `What is shown was so at ${clock(since)}${reason ? ` (${reason})` : ''}. It goes on by itself.`
    : picture.refusal !== null ? `Calls and queues are not shown: ${picture.refusal}.`
      : reason && !isShown ? `No connection: ${reason}.` : '';
  say('notice', notice);
  show('notice', notice !== '');
}

of('token-form').addEventListener('submit', event => {
  event.preventDefault();
  const token = of('token').value.trim();
  if (/^[\x21-\x7e]+$/.test(token)) {
    enter(token);
  } else {
    put(of('token-problem'), 'That is no token: it has letters, digits, _ and - only.');
    show('token-problem', true);
  }
});
of('leave').addEventListener('click', () => leave());
of('user-form').addEventListener('submit', event => {
  event.preventDefault();
  const name = of('user').value.trim();
  if (name !== '') {
    session.user.open(name);
  }
});
of('user-close').addEventListener('click', () => {
  of('user').value = '';
  session.user.open(null);
});
// ages go on where nothing happens
setInterval(draw, 1000);

const kept = sessionStorage.getItem(KEPT);
if (kept !== null) {
  enter(kept);
} else {
  of('token').focus();
}
