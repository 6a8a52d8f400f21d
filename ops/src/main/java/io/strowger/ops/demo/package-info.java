/**
 * The main job in one go: bundled captures of a real PBX through the whole router, and back out of its journal.
 */
package io.strowger.ops.demo;
