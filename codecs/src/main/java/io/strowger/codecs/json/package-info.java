/**
 * Signals and events as JSON, in the form of CloudEvents 1.0. For edges and tools; never on the hot path.
 *
 * <p>Names: templates, enum codes and set bits in kebab-case ({@code LegSeen} is {@code leg-seen}, {@code NO_ANSWER} is
 * {@code no-answer}), fields as in the schema, event types with a point ({@code call.established}). Codes without a name, of a later
 * schema, are numbers. Times are RFC 3339 in UTC, other numbers plain integers.
 */
package io.strowger.codecs.json;
