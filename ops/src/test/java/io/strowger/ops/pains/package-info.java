/**
 * What people have complained of in other routers and libraries, one test a complaint: bytes go in, events and state come out.
 */
package io.strowger.ops.pains;
