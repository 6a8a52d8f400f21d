/** Addresses of caller pop-ups. */
package io.strowger.ops.popup;
