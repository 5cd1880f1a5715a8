/**
 * Who gets the connections to Postgres: callers may not take them all, so that relay, watchdog and trackers go on however
 * slow the database is. Nothing here knows what a transaction is about.
 */
package io.vedette.api.connection;
