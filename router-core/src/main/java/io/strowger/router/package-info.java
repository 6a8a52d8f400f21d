/**
 * The front door of the embeddable router: one class with a Context, launched and closed.
 */
package io.strowger.router;
