/**
 * What two services share of Postgres: models, runs and the outbox, and the migrations of the whole schema.
 * Rows stay in here; callers see records and named compare-and-sets, and bring the transaction.
 */
package io.vedette.persistence;
