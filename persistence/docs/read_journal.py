#!/usr/bin/env python3
"""Reads a Strowger journal as journal-format.md describes it, with nothing but Python's standard library.

    read_journal.py DIR [--from SEQ]    every record that is kept as a line of JSON, up to the last whole block, also one that a dead
                                        writer has staged
    read_journal.py DIR --cursors       every named cursor as a line of JSON

Every checksum, every sequence and the output chain are checked. Exit code: 0 at the journal's end, which may be that of now; 1 where it is
damaged, or does not keep SEQ any more, or is not there yet, with one line that says where; 2 for wrong usage.

A reader to be ported, not a fast one: it does some thousand records a second.
"""

import argparse
import fcntl
import hashlib
import json
import os
import re
import struct
import sys
from datetime import datetime, timedelta

MASK = (1 << 64) - 1

# ---- codes: section "Codes"

RECORD_TYPES = {1: "input", 2: "derived", 3: "continue"}
OUTCOMES = ("applied", "no-change", "duplicate", "ignored", "before-epoch", "hidden", "covered", "rejected")
REASONS = dict(enumerate((
    "too-short", "too-long", "unknown-schema", "unknown-template", "bad-version", "bad-block-length", "bad-var-data", "trailing-bytes",
    "native-id-too-long", "native-id-missing", "unknown-source", "capacity", "not-allowed", "bad-code"), 1))
EVENT_TYPES = {
    10: "call.initiated", 11: "call.delivered", 12: "call.established", 13: "call.updated", 14: "call.held", 15: "call.retrieved",
    16: "call.diverted", 17: "call.transferred", 18: "call.conferenced", 19: "call.failed", 20: "call.cleared", 21: "call.queued",
    22: "call.dequeued", 23: "call.parked", 24: "call.unparked", 40: "message.received", 41: "message.sent", 45: "sms.received",
    46: "sms.sent", 50: "chat.initiated", 51: "chat.queued", 52: "chat.dequeued", 53: "chat.established", 54: "chat.transferred",
    55: "chat.cleared", 60: "fax.started", 61: "fax.completed", 62: "fax.failed", 65: "screen-sharing.started",
    66: "screen-sharing.ended", 70: "history.sms-received", 71: "history.fax-transmitted", 72: "history.call-recorded",
    73: "history.chat-transcript", 74: "history.screen-sharing", 80: "user.logged-in", 81: "user.logged-out", 85: "group.logged-in",
    86: "group.logged-out", 87: "group.ready", 88: "group.not-ready", 95: "action.result", 100: "source.up", 101: "source.down",
    102: "source.restarted", 103: "source.gap", 104: "source.resynchronised", 105: "source.other"}
SESSION_FAMILIES = ("call", "chat", "fax", "screen-sharing", "message", "sms", "history")
MEDIA = ("call", "chat", "fax", "screen-sharing", "message", "sms")
DIRECTIONS = ("incoming", "outgoing")
STATES = ("null", "initiated", "alerting", "connected", "held", "queued", "parked", "failed")
CAUSES = ("normal", "busy", "no-answer", "cancelled", "rejected", "answered-elsewhere", "unallocated", "no-route", "congestion",
          "unavailable", "redirected", "transferred", "picked-up", "other", "unknown", "source-restarted", "not-in-snapshot", "expired",
          "covered")
STAY_REASONS = ("answered", "abandoned", "timed-out", "left", "retrieved", "given-up")
FLAGS = ("inferred", "no-peer", "disputed", "stale")
ACTIONS = ("generate-call", "answer", "hang-up", "transfer-call", "forward-call", "transfer-chat", "start-recording", "stop-recording",
           "log-in", "log-off", "group-log-in", "group-log-off", "send-fax", "send-sms")
ACTION_STATUSES = ("accepted", "sent", "done", "failed", "timed-out", "unknown")


def name(names, code):
    """The name of a code; the number itself for one of a later version."""
    known = code < len(names) if isinstance(names, tuple) else code in names
    return names[code] if known else code


def name_or_null(names, code):
    return None if code == 255 else name(names, code)


# ---- checksums

def crc32c_table():
    table = []
    for byte in range(256):
        for _ in range(8):
            byte = byte >> 1 ^ (0x82F63B78 if byte & 1 else 0)
        table.append(byte)
    return table


CRC_TABLE = crc32c_table()


def crc32c(data):
    """CRC-32C (Castagnoli): reflected, begun and ended with all ones."""
    crc = 0xFFFFFFFF
    for byte in data:
        crc = CRC_TABLE[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


P1, P2, P3, P4, P5 = (0x9E3779B185EBCA87, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x85EBCA77C2B2AE63, 0x27D4EB2F165667C5)


def rotate(number, bits):
    return (number << bits | number >> 64 - bits) & MASK


def xxh64_round(accumulator, lane):
    return rotate((accumulator + lane * P2) & MASK, 31) * P1 & MASK


def xxh64(data, seed):
    """XXH64 of data whose length is a multiple of 8, as that of every record is."""
    at = 0
    if len(data) >= 32:
        lanes = [(seed + P1 + P2) & MASK, (seed + P2) & MASK, seed, (seed - P1) & MASK]
        while at + 32 <= len(data):
            words = struct.unpack_from("<4Q", data, at)
            lanes = [xxh64_round(lane, word) for lane, word in zip(lanes, words)]
            at += 32
        result = sum(rotate(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18))) & MASK
        for lane in lanes:
            result = ((result ^ xxh64_round(0, lane)) * P1 + P4) & MASK
    else:
        result = (seed + P5) & MASK
    result = (result + len(data)) & MASK
    for (word,) in struct.iter_unpack("<Q", data[at:]):
        result = (rotate(result ^ xxh64_round(0, word), 27) * P1 + P4) & MASK
    result = (result ^ result >> 33) * P2 & MASK
    result = (result ^ result >> 29) * P3 & MASK
    return result ^ result >> 32


# ---- SBE messages: sections "Signal" and "Event"

NULL64 = -1 << 63
NULL16 = -1 << 15


def timestamp(nanos):
    """RFC 3339 in UTC with 3 digits behind the second, or 6 or 9 where fewer would lose something."""
    seconds, rest = divmod(nanos, 1_000_000_000)
    moment = datetime(1970, 1, 1) + timedelta(seconds=seconds)
    digits = next(count for count in (3, 6, 9) if rest % 10 ** (9 - count) == 0)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{rest // 10 ** (9 - digits):0{digits}d}Z"


def texts_of(message):
    """The var-data behind the fixed fields: each a u16 length and its bytes."""
    at = 8 + struct.unpack_from("<H", message)[0]
    texts = []
    while at < len(message):
        length = struct.unpack_from("<H", message, at)[0]
        texts.append(message[at + 2:at + 2 + length])
        at += 2 + length
    return texts


def text(data):
    return data.decode("utf-8", "replace") or None


def signal_json(message):
    _, template, _, version, sequence, time, source, tenant = struct.unpack_from("<4Hqqii", message)
    return {"template": template, "version": version, "sourceSequence": sequence,
            "sourceTime": None if time == NULL64 else timestamp(time), "source": source, "tenant": tenant,
            "texts": [text(data) for data in texts_of(message)]}


def event_json(sequence, record_type, message):
    """The event exactly as `ops/strowger tail --format json` prints it."""
    (_, _, _, _, _, time, _, tenant, epoch, duration, talk, wait, cause_code, code, media, direction, state, cause, reason,
     flags, action, status) = struct.unpack_from("<4Hqqiiqqqqh9B", message)
    raw = texts_of(message)
    native, call, user, party, party_name, group, source, by, origin, to, reference, other = (text(data) for data in raw[:12])
    type_name = EVENT_TYPES.get(code)
    kind = None if type_name is None else type_name.split(".")[0]
    if kind in SESSION_FAMILIES:
        kind = "session"
    is_session = kind == "session"
    named = None if kind == "source" else user or group or native
    session_id = None
    if is_session and native:
        session_id = hashlib.sha256(raw[6] + b"\0" + struct.pack(">q", epoch) + raw[0]).hexdigest()[:32]
    data = {"sequence": sequence, "tenant": tenant, "kind": kind, "media": name_or_null(MEDIA, media) if is_session else None,
            "sessionId": session_id, "nativeId": native, "callId": call, "localUser": user, "remoteParty": party,
            "remoteName": party_name, "direction": name_or_null(DIRECTIONS, direction), "state": name_or_null(STATES, state),
            "group": group, "durationMs": None if duration == NULL64 else duration, "cause": name_or_null(CAUSES, cause),
            "causeCode": None if cause_code == NULL16 else cause_code, "reason": name_or_null(STAY_REASONS, reason),
            "derived": record_type != 1}
    said = {"talkMs": None if talk == NULL64 else talk, "waitMs": None if wait == NULL64 else wait, "by": by, "from": origin, "to": to,
            "reference": reference, "text": other, "flags": [name(FLAGS, bit) for bit in range(8) if flags >> bit & 1] or None}
    if kind == "action":
        data.update({"action": name_or_null(ACTIONS, action), "status": name_or_null(ACTION_STATUSES, status), "clientId": by or "",
                     "key": reference or ""})
        said = {"text": other}
    data.update((key, value) for key, value in said.items() if value is not None)
    return {"specversion": "1.0", "id": str(sequence), "source": "/" + (source or ""), "type": type_name or f"unknown.{code}",
            "subject": named or source or "", "time": timestamp(time), "data": data}


# ---- blocks and records

class Damage(Exception):
    pass


class OutOfRange(Exception):
    pass


def padded(length):
    return length + 7 & ~7


MAX_PLAIN_LENGTH = 1 << 28


def words_of(first):
    """Words of a record by its first one, which has the lengths of its signal and its event."""
    return 3 + ((first & 0xFFFF) + 7) // 8 + ((first >> 16 & 0xFFFF) + 7) // 8


def index_of(record):
    """The place in the table that a record takes: by the lengths of its signal and its event, and the first bytes behind them."""
    shape = int.from_bytes(record[:4], "little")
    header = int.from_bytes(record[24:28], "little") if shape else 0
    mixed = shape * 0x9E3779B1 ^ header * 0x85EBCA6B
    mixed &= 0xFFFFFFFF
    return min(254, ((mixed ^ mixed >> 15) * 0xC2B2AE35 & 0xFFFFFFFF) >> 24)


def apply_changes(plain, record, words, packed, at):
    """Changes the words that the mask names, and says where the packed bytes go on."""
    mask, at = packed[at:at + (words + 7) // 8], at + (words + 7) // 8
    if at > len(packed) or int.from_bytes(mask, "little") >> words:
        raise Damage("its packed bytes have no such mask")
    for word in range(words):
        if mask[word // 8] >> word % 8 & 1:
            if at >= len(packed):
                raise Damage("its packed bytes end within a change")
            below, count = packed[at] >> 4, packed[at] & 15
            if count == 0 or below + count > 8 or at + 1 + count > len(packed) or 0 in (packed[at + 1], packed[at + count]):
                raise Damage("its packed bytes have no such change")
            for i in range(count):
                plain[record + 8 * word + below + i] ^= packed[at + 1 + i]
            at += 1 + count
    return at


def unpack(packed, length):
    """The records, exactly so many bytes, of packed ones: section "Packed records"."""
    plain, places, at = bytearray(), {}, 0
    while len(plain) < length:
        record = len(plain)
        reference = packed[at] if at < len(packed) else None
        if reference == 255 and at + 10 <= len(packed) and packed[at + 1] != 255:
            places_index, first = packed[at + 1], packed[at + 2:at + 10]
            start, at = 8, at + 10
            plain += first + bytes(8 * words_of(int.from_bytes(first, "little")) - 8)
        elif reference in places:
            places_index, start, at = reference, 0, at + 1
            earlier = places[reference]
            first = plain[earlier:earlier + 8]
            plain += plain[earlier:earlier + 8 * words_of(int.from_bytes(first, "little"))]
        else:
            raise Damage("its packed bytes name no record")
        if len(plain) > length:
            raise Damage("its packed bytes are more than its header says")
        at = apply_changes(plain, record + start, (len(plain) - record - start) // 8, packed, at)
        if plain[record:record + 4] != first[:4]:
            raise Damage("its packed bytes change the length of a record")
        earlier = places.get(places_index)
        if index_of(plain[record:record + 28]) != places_index or \
                reference == 255 and earlier is not None and plain[earlier:earlier + 4] == first[:4]:
            raise Damage("its packed bytes name another record than their packer does")
        places[places_index] = record
    if at != len(packed):
        raise Damage("its packed bytes are not as many as its header says")
    return bytes(plain)


def plain_block(block, plain_length):
    """The block as it was before it was packed."""
    if not len(block) < plain_length <= min(MAX_PLAIN_LENGTH, 72 + 64 * (len(block) - 72)):
        raise Damage("a plain length that can't be")
    header = block[:5] + bytes(1) + block[6:20] + struct.pack("<i", plain_length) + block[24:28] + bytes(4) + block[32:72]
    return header + unpack(block[72:], plain_length - 72)


def read_block(block, expected, chain):
    """Checks a block; returns its first sequence, its records as (sequence, type, outcome, reason, time, signal, event), its chain."""
    if len(block) < 72:
        raise Damage("shorter than a block's header")
    magic, version, encoding, _, first, count, length, crc, plain_length, end_chain = struct.unpack_from("<4sBBHqiiIIQ", block)
    if magic != b"STRW":
        raise Damage("no block's magic")
    if length != len(block):
        raise Damage("the block's length is not its frame's")
    if encoding == 1:
        block = plain_block(block, plain_length)
    if crc32c(block[:24] + bytes(4) + block[28:]) != crc:
        raise Damage("checksum")
    if version != 1 or encoding > 1:
        raise Damage(f"version {version} with encoding {encoding}, which this program does not know")
    if first not in expected:
        raise Damage(f"found sequence {first}")
    chain = chain if first == expected[0] else None     # behind a gap the chain is not known
    records, at = [], 72
    for sequence in range(first, first + count):
        if at + 24 > len(block):
            raise Damage("its records are not dense")
        signal_length, event_length, record_type, outcome, reason, own, time = struct.unpack_from("<HHBBBxqq", block, at)
        event = at + 24 + padded(signal_length)
        end = event + padded(event_length)
        if own != sequence or end > len(block):
            raise Damage("its records are not dense")
        if chain is not None:
            chain = xxh64(block[at:end], chain)
        records.append((sequence, record_type, outcome, reason, time, block[at + 24:at + 24 + signal_length],
                        block[event:event + event_length]))
        at = end
    if at != len(block):
        raise Damage("its records end before it does")
    if chain is not None and chain != end_chain:
        raise Damage("its output chain does not go on from the record before it")
    return first, records, end_chain


def record_json(record):
    sequence, record_type, outcome, reason, time, signal, event = record
    return {"sequence": sequence, "record": name(RECORD_TYPES, record_type), "outcome": name(OUTCOMES, outcome),
            "reason": None if reason == 0 else name(REASONS, reason), "journalTime": timestamp(time),
            "signal": signal_json(signal) if signal else None, "event": event_json(sequence, record_type, event) if event else None}


# ---- files

HEAD = bytes.fromhex("b906686561646572b60853435153746f726582") + b"...." + bytes.fromhex(
    "cd7772697465506f736974696f6e8e01000000008d02000000000000000200000000000000")
INDEX_NAMES = (b"\xb9\x05index", b"\xb9\x0bindex2index")
NOTHING, END = 0, 0xC0000000


class CycleFile:
    def __init__(self, path):
        self.path = path
        self.file = os.open(path, os.O_RDONLY)

    def read(self, position, length):
        parts = []
        while length > 0:
            part = os.pread(self.file, length, position)
            if not part:
                break
            parts.append(part)
            position, length = position + len(part), length - len(part)
        return b"".join(parts)

    def word(self, position):
        data = self.read(position, 4)
        return struct.unpack("<I", data)[0] if len(data) == 4 else NOTHING

    def is_ready(self):
        return self.word(0) >> 30 == 1

    def write_position(self):
        """Place of the last finished block's word, as the writer marks it."""
        head = self.read(4, 68)
        if head[:19] != HEAD[:19] or head[23:60] != HEAD[23:]:
            raise Damage("the head of the cycle file")
        return struct.unpack_from("<q", head, 60)[0]

    def frames(self, start=0):
        """(position, word) of every frame behind the head, or from a frame on; the word of a place without one comes again and again."""
        position = start or self.behind(0, self.word(0))
        while True:
            word = self.word(position)
            yield position, word
            if word != NOTHING and word >> 30 < 2:
                position = self.behind(position, word)

    @staticmethod
    def behind(position, word):
        return position + 4 + (word & 0x3FFFFFFF) + 3 & ~3

    def first_sequence(self):
        """First sequence in the file; 0 before its first block."""
        for position, word in self.frames() if self.is_ready() else ():
            if word >> 30 != 1:
                return struct.unpack_from("<q", self.read(position + 12, 8))[0] if word >> 30 == 0 and word != NOTHING else 0
        return 0


class Journal:
    def __init__(self, directory):
        path = os.path.join(directory, "journal.properties")
        if not os.path.exists(path):
            raise OutOfRange(f"no journal is in {directory}: {path} is not there")
        with open(path, encoding="utf-8") as lines:
            properties = dict(line.rstrip("\n").split("=", 1) for line in lines if "=" in line and not line.startswith("#"))
        if properties["format"] != "1":
            raise Damage(f"journal.properties: format {properties['format']}, which this program does not know")
        self.directory = directory
        self.folder = os.path.join(directory, "gen-" + properties["generation"])
        ranges = (part.split("-") for part in properties.get("missing", "").split(",") if part)
        self.missing = [(int(part[0]), int(part[-1])) for part in ranges]
        self.expected, self.chain, _ = self.removed()

    def removed(self):
        """Where the journal begins, the chain before it if that is known, the name of its first file: 1, 0, "" if nothing was removed."""
        path = os.path.join(self.folder, "removed.properties")
        try:
            with open(path, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            return 1, 0, ""
        body, _, crc = data.rpartition(b"crc=")
        if crc.strip() != b"%x" % crc32c(body):
            raise Damage(f"{path}: checksum")
        properties = dict(line.split("=", 1) for line in body.decode().splitlines() if not line.startswith("#"))
        if properties["format"] != "1":
            raise Damage(f"{path}: format {properties['format']}, which this program does not know")
        chain = properties["chain.before"]
        return int(properties["first.sequence"]), int(chain, 16) if chain else None, properties["first.file"]

    def check_kept(self, sequence):
        first = self.removed()[0]
        if sequence < first:
            raise OutOfRange(f"position {sequence} is too old (first={first})")

    def files_behind(self, path):
        names = sorted(entry for entry in os.listdir(self.folder) if entry.endswith(".cq4"))
        first = self.removed()[2]       # behind the listing: what is removed meanwhile is gone from both
        return [os.path.join(self.folder, entry) for entry in names
                if entry >= first and (path is None or entry > os.path.basename(path))]

    def due(self):
        """The sequences that may come next: the next one, or the one behind those that a repair has recorded as lost."""
        behind = self.expected
        for first, last in self.missing:
            if first <= behind <= last:
                behind = last + 1
        return [self.expected, behind]

    def records(self):
        """Every record, up to the last whole block in the files, then what a dead writer has staged behind them."""
        place = yield from self.records_of_files((None, 0, True))
        is_free, lock = self.lock_of_staged()
        if is_free:
            try:
                # once more: it may have flushed before it died
                yield from self.records_of_files(place)
                yield from self.records_of_staged()
            finally:
                if lock is not None:
                    lock.close()

    def records_of_files(self, place):
        """Every record of the files behind a place; returns the place where they end."""
        file, position, is_ended = place
        if file is not None:
            position, is_ended = yield from self.records_of(file, position)
        while True:
            following = self.next_file(file, position, is_ended)
            if following is None:
                return file, position, is_ended
            file = following
            position, is_ended = yield from self.records_of(file)

    def lock_of_staged(self):
        """Whether no writer has what is staged, and the lock that keeps it so: section "Staged blocks"."""
        path = os.path.join(self.directory, "STAGED")
        if not os.path.exists(path):
            return True, None       # a copy without that file has no writer
        lock = open(path, "rb")
        try:
            fcntl.lockf(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
            return True, lock
        except OSError:
            lock.close()
            return False, None

    def staged(self):
        """The bytes of "staged", nothing where there is none."""
        path = os.path.join(self.directory, "staged")
        if not os.path.exists(path):
            return b""
        with open(path, "rb") as file:
            return file.read()

    def records_of_staged(self):
        """Every record that a dead writer has staged and that goes on from the files."""
        data = self.staged()
        magic, version, end = struct.unpack_from("<4sIq", data) if len(data) == 65536 else (b"", 0, 0)
        at = 64
        while (magic, version) == (b"STRS", 1) and at + 72 <= end <= len(data):
            first, count, length = struct.unpack_from("<qii", data, at + 8)
            if first + count > self.expected:
                try:
                    yield from self.records_of_block(data[at:min(at + length, end)], length)
                except Damage:
                    return
            at += max(length, 72)

    def records_of(self, file, start=0):
        """Every record of a file, or from a place on; returns where it stopped and whether the file ends there for good."""
        for position, word in file.frames(start):
            try:
                if word == NOTHING:
                    if file.write_position() < position:
                        return position, False
                    if file.word(position) == NOTHING:
                        raise Damage("a hole: the writer got further")
                elif word == END:
                    return position, True
                elif word >> 30 == 0:
                    yield from self.records_of_block(file.read(position + 4, word), word)
                elif word >> 30 == 1:
                    if not file.read(position + 4, 13).startswith(INDEX_NAMES):
                        raise Damage("Chronicle's index frame")
                else:
                    raise Damage("a frame word that nobody writes")
            except Damage as fault:
                self.check_kept(self.expected)
                raise Damage(f"{file.path} offset {position}, expected sequence {self.expected}: {fault}") from None

    def records_of_block(self, block, length):
        if len(block) < length:
            raise Damage("the file ends within a block")
        first, records, self.chain = read_block(block, self.due(), self.chain)
        self.expected = first + len(records)
        return records

    def next_file(self, file, position, is_ended):
        """The file that goes on behind a place; None at the journal's end."""
        paths = self.files_behind(None if file is None else file.path)
        if not paths:
            return None
        following = CycleFile(paths[0])
        if not following.is_ready():
            if len(paths) > 1:
                raise Damage(f"{following.path} offset 0: its head is gone")
            return None
        if is_ended:
            return following
        # no end mark: its writer died before it wrote one, if the next file goes on with what is due
        first = following.first_sequence()
        if first > 0 and first not in self.due() and file.word(position) == NOTHING:
            raise Damage(f"{file.path} offset {position}, expected sequence {self.expected}: a hole: {following.path} goes on with {first}")
        return following if first in self.due() else None


# ---- cursors

def cursors(directory):
    folder = os.path.join(directory, "cursors")
    for entry in sorted(os.listdir(folder)) if os.path.isdir(folder) else ():
        if re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}", entry):
            with open(os.path.join(folder, entry), "rb") as file:
                data = file.read()
            if len(data) != 52 or data[:8] != b"STRWCURS" or crc32c(data[:48]) != struct.unpack_from("<I", data, 48)[0]:
                raise Damage(f"{folder}/{entry}: no cursor, or a damaged one")
            version, _, position, block, block_crc, _, committed = struct.unpack_from("<IIqqIIq", data, 8)
            if version != 1:
                raise Damage(f"{folder}/{entry}: version {version}, which this program does not know")
            yield {"name": entry, "position": position, "block": block, "blockCrc": block_crc, "committedMs": committed}


def lines_of(options):
    journal = Journal(options.directory)
    if options.cursors:
        yield from cursors(options.directory)
        return
    first = journal.expected if options.first is None else options.first
    journal.check_kept(first)
    for begin, end in journal.missing:
        if options.first is not None and begin <= first <= end:
            raise OutOfRange(f"position {first} is lost; the journal goes on at {end + 1}")
    for record in journal.records():
        if record[0] >= first:
            yield record_json(record)
    if first > journal.due()[1]:
        raise OutOfRange(f"position {first} is beyond the end (last={journal.expected - 1})")


def sequence(text):
    if not re.fullmatch("[1-9][0-9]{0,18}", text):
        raise argparse.ArgumentTypeError("a sequence is wanted, from 1")
    return int(text)


def options_of(arguments):
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", metavar="DIR", help="of the journal")
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--from", dest="first", metavar="SEQ", type=sequence, help="first sequence to be shown")
    what.add_argument("--cursors", action="store_true", help="show the named cursors")
    return parser.parse_args(arguments)


def main(arguments):
    options = options_of(arguments)
    try:
        for line in lines_of(options):
            print(json.dumps(line))
        sys.stdout.flush()
    except BrokenPipeError:
        # whoever reads has seen enough; nothing is left to be flushed into the pipe when the program ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (Damage, OutOfRange, OSError) as fault:
        sys.stdout.flush()
        print(f"damaged: {fault}" if isinstance(fault, Damage) else fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
