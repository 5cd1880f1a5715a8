/**
 * What an account may use at a time: trainings, counted in Postgres, and requests, counted in this process.
 * The API's hard limits are not here; they are checked where the members are.
 */
package io.vedette.api.quota;
