/** What was done at the gates, as it stands in the journal. */
package io.strowger.ops.audit;
