package io.strowger.ops.outage;

import java.util.Map;
import java.util.function.Predicate;

/**
 * What a reader is to see.
 *
 * @param tenant its own.
 * @param wanted of the tenant's events, as {@code tail} prints them.
 */
record Expected(int tenant, Predicate<Map<String, Object>> wanted) {
}
