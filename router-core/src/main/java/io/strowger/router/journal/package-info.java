/**
 * What the router needs of a journal. Implementations live elsewhere: the router knows no disk.
 */
package io.strowger.router.journal;
