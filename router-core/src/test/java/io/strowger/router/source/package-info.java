/** Tests of the way in for sources. */
package io.strowger.router.source;
