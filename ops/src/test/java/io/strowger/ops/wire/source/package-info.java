/**
 * The port for sources and its client, over loopback: cuts, floods, wrong credentials, certificates, readers that do not read.
 */
package io.strowger.ops.wire.source;
