/**
 * Who may call: access keys in Postgres, and the one door that every call to the API comes in through.
 * What the key's owner may do is not decided here.
 */
package io.vedette.api.account;
