package org.privateshare.share;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.EntryName;
import org.privateshare.store.Listing;

/// The entries of a folder on their way out. What doors hold of a [Listing], so that they need not
/// know the store.
public final class Entries implements Listing {
  private final Listing listing;

  Entries(Listing listing) {
    this.listing = listing;
  }

  @Override
  public Optional<Entry> next() throws IOException {
    return listing.next();
  }

  @Override
  public Optional<EntryName> nextName() throws IOException {
    return listing.nextName();
  }

  @Override
  public void close() throws IOException {
    listing.close();
  }
}
