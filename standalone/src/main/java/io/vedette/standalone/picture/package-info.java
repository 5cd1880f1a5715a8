/** Pictures for people: letters without fonts, contact sheets and score strips. Nothing here reads the network. */
package io.vedette.standalone.picture;
