/**
 * Who came to the server and what was let: records in the journal that change nothing, that no subscriber sees, and that {@code tail --raw}
 * shows. What applications ask of call routers is in the journal as actions, what they may ask for as grants.
 */
package io.strowger.ops.audit;
