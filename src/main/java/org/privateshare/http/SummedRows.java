package org.privateshare.http;

import java.io.IOException;
import java.util.Optional;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;
import org.privateshare.share.Download;
import org.privateshare.share.Share;

/// Rows with the sums of the files in them. Size, time and sum are of one version of a file: the
/// one that is there when its turn comes. A file that has gone by then is left out; one that can't
/// be read stays without a sum, for it is there all the same.
///
/// @param rows of what is below `folder`
record SummedRows(Rows rows, Share share, SharePath folder) implements Rows {
  @Override
  public Optional<Row> next() throws IOException {
    Optional<Row> row = rows.next();
    while (row.isPresent()) {
      Optional<Row> summed = summed(row.get());
      if (summed.isPresent()) {
        return summed;
      }
      row = rows.next();
    }
    return row;
  }

  private Optional<Row> summed(Row row) {
    if (row.entry() instanceof Entry.Folder) {
      return Optional.of(row);
    }
    String prefix = folder.isRoot() ? "" : folder + "/";
    try (Download file = share.open(SharePath.parse(prefix + row.name()))) {
      Entry now = new Entry.File(row.entry().name(), file.size(), file.modified());
      return Optional.of(new Row(row.name(), now, Optional.of(file.crc32c())));
    } catch (Refusal gone) {
      return Optional.empty();
    } catch (IOException unreadable) {
      return Optional.of(row);
    }
  }
}
