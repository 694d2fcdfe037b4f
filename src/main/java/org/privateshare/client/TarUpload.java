package org.privateshare.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.privateshare.archive.TarWriter;
import org.privateshare.client.http.Fields;
import org.privateshare.client.http.HttpClient;
import org.privateshare.client.http.Meanwhile;
import org.privateshare.client.http.Request;
import org.privateshare.client.http.RequestBody;
import org.privateshare.client.http.Response;
import org.privateshare.model.Refusal;
import org.privateshare.model.SharePath;

/// Files on their way into a share as one tar archive, whose receipts are read while it is sent.
/// What a receipt says is compared with what was sent. For one request.
final class TarUpload implements RequestBody, Meanwhile {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SharePath folder;
  private final RemoteArchives.Parcels parcels;
  private final Deque<Receipts.Expected> unsettled = new ArrayDeque<>();
  private final Receipts receipts;
  private final ByteBuffer heard = ByteBuffer.allocate(Receipts.LONGEST);

  private ByteBuffer header = NOTHING;
  private ByteBuffer content = NOTHING;
  private int padding;
  private boolean ended;

  private TarUpload(SharePath folder, RemoteArchives.Parcels parcels) {
    this.folder = folder;
    this.parcels = parcels;
    this.receipts = new Receipts(unsettled, parcels);
  }

  /// Sends all of `parcels` into `folder`.
  static void run(
      HttpClient client,
      Fields fields,
      SharePath folder,
      IfTaken ifTaken,
      RemoteArchives.Parcels parcels)
      throws Refusal, IOException {
    String replace = ifTaken == IfTaken.REPLACE ? "&replace" : "";
    String url = Url.folder(folder) + "?unpack=tar" + replace;
    var upload = new TarUpload(folder, parcels);
    Request request =
        Request.of("PUT", url, fields.with("Content-Type", "application/x-tar"), upload);
    try (Response response = client.exchange(request, upload)) {
      Problems.requireStatus(response, 200);
      upload.readToEnd(response);
    }
  }

  private void readToEnd(Response response) throws Refusal, IOException {
    try {
      while (read(response)) {
        // Receipts come as they come.
      }
    } catch (IOException e) {
      receipts.requireNoError();
      throw e;
    }
    receipts.requireEnd();
  }

  @Override
  public boolean read(Response answer) throws IOException {
    int count = answer.read(heard);
    heard.flip();
    receipts.accept(heard);
    heard.compact();
    return count >= 0;
  }

  @Override
  public OptionalLong length() {
    return OptionalLong.empty();
  }

  @Override
  public int read(ByteBuffer into) {
    int start = into.position();
    while (into.hasRemaining() && (hasMore() || next())) {
      move(header, into);
      int before = into.position();
      move(content, into);
      if (into.position() > before) {
        parcels.moved(into.position() - before);
      }
      if (!header.hasRemaining() && !content.hasRemaining()) {
        pad(into);
      }
    }
    int count = into.position() - start;
    return count == 0 ? -1 : count;
  }

  private boolean hasMore() {
    return header.hasRemaining() || content.hasRemaining() || padding > 0;
  }

  private boolean next() {
    if (ended) {
      return false;
    }
    @Nullable Parcel parcel = parcels.next().orElse(null);
    if (parcel == null) {
      ended = true;
      header = ByteBuffer.allocate(TarWriter.END_BYTES);
      return true;
    }
    header = ByteBuffer.wrap(TarWriter.head(parcel.member()));
    content = parcel.content().map(of -> of.bytes().duplicate()).orElse(NOTHING);
    padding = TarWriter.padding(content.remaining()).length;
    String path = folder.isRoot() ? parcel.name() : folder + "/" + parcel.name();
    unsettled.add(
        new Receipts.Expected(
            parcel.name().isEmpty() ? folder.toString() : path,
            parcel.size(),
            parcel.content().map(Parcel.Content::digest)));
    return true;
  }

  private static void move(ByteBuffer from, ByteBuffer into) {
    int count = Math.min(from.remaining(), into.remaining());
    into.put(into.position(), from, from.position(), count);
    into.position(into.position() + count);
    from.position(from.position() + count);
  }

  private void pad(ByteBuffer into) {
    while (padding > 0 && into.hasRemaining()) {
      into.put((byte) 0);
      padding--;
    }
  }
}
