/**
 * What the api makes around itself at its start: topics and the service's own bucket, as soon as broker and store answer.
 * Callers are served meanwhile; the schema is not made here but migrated before anything else runs.
 */
package io.vedette.api.setup;
