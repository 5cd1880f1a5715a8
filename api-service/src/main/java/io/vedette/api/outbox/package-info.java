/**
 * The way out: what transactions have put into the outbox goes to Kafka from here, in order per key, for ever retried.
 * It knows rows and records only, never what an event means.
 */
package io.vedette.api.outbox;
