/** The server under load: what subscribers and samples are judged by, and a small run of everything. */
package io.strowger.bench.server;
