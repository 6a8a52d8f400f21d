/** Tests of position tokens. */
package io.strowger.router.token;
