package io.strowger.codecs.catalog;

/**
 * A var-data field of a template: a u16 length, then so many bytes.
 *
 * @param name         in the schema and in JSON.
 * @param id           in the schema.
 * @param sinceVersion the first schema version that has it; 0 for those of the beginning.
 */
public record TextDescriptor(String name, int id, int sinceVersion) {
}
