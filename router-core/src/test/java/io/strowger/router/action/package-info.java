/** Tests of the ends of actions: handles, outlets and the desk between them. */
package io.strowger.router.action;
