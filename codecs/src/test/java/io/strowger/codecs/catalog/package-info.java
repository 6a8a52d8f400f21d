/**
 * Tests of the catalog and of what may change in the schema; and {@link io.strowger.codecs.catalog.RandomSignals}, which all tests of
 * signals share.
 */
package io.strowger.codecs.catalog;
