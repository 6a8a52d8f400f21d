// Times and numbers as a person reads them.

const numbers = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 0});
const tenths = new Intl.NumberFormat('en-GB', {maximumFractionDigits: 1});
const two = number => String(number).padStart(2, '0');

export const count = number => numbers.format(number);

export const rate = number => (number < 100 ? tenths : numbers).format(number);

/** 1 call, 2 calls. */
export const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Milliseconds as 0:07, 12:03 or 1:02:03. */
export function lasting(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  return hours === 0 ? `${minutes}:${two(seconds % 60)}` : `${hours}:${two(minutes)}:${two(seconds % 60)}`;
}

/** The time of day, with the day before it when that is another one than today. */
export function clock(ms) {
  const at = new Date(ms);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  const isToday = at.toDateString() === new Date().toDateString();
  return isToday ? time : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}

/** Microseconds as µs, ms or s, or as hours and minutes. */
export function delay(us) {
  if (us < 1000) {
    return `${count(us)} µs`;
  }
  if (us < 1000000) {
    return `${rate(us / 1000)} ms`;
  }
  return us < 120000000 ? `${rate(us / 1000000)} s` : lasting(us / 1000);
}
