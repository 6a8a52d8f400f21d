/**
 * Tests of what the translators of actions have in common, and what their own tests share.
 */
package io.strowger.codecs.action;
