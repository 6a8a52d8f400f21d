/**
 * The bytes of Chronicle's cycle files, read without Chronicle: by cursors, by the tail scan at start-up, by verify and repair.
 *
 * <pre>
 *   0                                                    (every frame begins at a multiple of 4)
 *   +-------------------+-------------+-------+-------+-------+- - -+-------+-------+-------+- - -+-----+
 *   | head (meta frame) | index2index | index | block | block |     | index | block | block |     | end | zeros
 *   +-------------------+-------------+-------+-------+-------+- - -+-------+-------+-------+- - -+-----+
 *
 *   frame  = word (u32) , that many bytes
 *   word   = 0           nothing yet: the writer has not committed anything here
 *          | length      a block of ours, see BlockLayout
 *          | 1&lt;&lt;30 + len  Chronicle's own: head or index
 *          | 3&lt;&lt;30        the end of the cycle; the text "EOF" follows
 * </pre>
 *
 * <p>Why not Chronicle's own reader: it takes a zeroed page for the end of the queue, it checks nothing, and it can't leave a cycle whose
 * writer died before the end mark. A word becomes non-zero by one atomic write after the bytes behind it, so a mapped reader beside a live
 * writer, in this process or another, sees whole blocks only.
 */
package io.strowger.persistence.cycle;
