/** The console page in a real browser. */
package io.strowger.ops.page;
