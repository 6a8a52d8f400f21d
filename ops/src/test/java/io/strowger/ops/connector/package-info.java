/**
 * Connectors against a scripted PBX that replays captures with pauses, splits, drops and restarts.
 */
package io.strowger.ops.connector;
