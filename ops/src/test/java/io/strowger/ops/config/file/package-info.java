/** What the configuration says, and what it is refused for. */
package io.strowger.ops.config.file;
