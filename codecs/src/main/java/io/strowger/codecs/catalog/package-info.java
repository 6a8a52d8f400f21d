/**
 * What the schema says of every signal, as plain data: for code that serves all templates alike (admission, JSON, checks of the schema
 * itself) instead of one branch a template.
 */
package io.strowger.codecs.catalog;
