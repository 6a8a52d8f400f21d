/**
 * What the translators of all dialects share: facts are written here and held until the router has taken them.
 *
 * <p>One thread each, that of the connection; no allocation once warm.
 */
package io.strowger.codecs.translate;
