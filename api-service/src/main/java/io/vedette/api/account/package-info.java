/**
 * Who may call: accounts and their access keys in Postgres, and the one door that every call to the API comes in
 * through. What a key's policies say to a call is decided in {@code access}; what the operations do is not known here.
 */
package io.vedette.api.account;
