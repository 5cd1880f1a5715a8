/**
 * What every running service shares: the object store, the topics and events on Kafka, and long work claimed from it.
 * No feature of a single service lives here, and nothing that needs Postgres.
 */
package io.vedette.runtime;
