/**
 * What operators ask of the whole installation, as metrics: outbox, models, queues, runs, calls, dead letters, lag. It reads
 * and listens; nothing may depend on it.
 */
package io.vedette.api.meter;
