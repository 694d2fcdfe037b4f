package org.privateshare.http;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.model.Entry;
import org.privateshare.model.Refusal;
import org.privateshare.model.Right;
import org.privateshare.model.SharePath;
import org.privateshare.share.Download;
import org.privateshare.share.Share;
import org.privateshare.share.TreeEntries;
import org.privateshare.share.TreeEntry;

/// GET and HEAD of a folder with `?archive`: all of it in one stream. See `docs/folders.md`.
record SendArchive(Share share) implements Action {
  static final String ARCHIVE = "archive";

  static final String DIGEST = "digest";
  private static final String NAME_OF_THE_SHARE = "share";

  @Override
  public void permit(Call call) throws Refusal {
    call.grant().require(Right.LIST, call.path());
    call.grant().require(Right.GET, call.path());
  }

  @Override
  public String answer(Call call) throws Problem, Refusal, IOException {
    return send(call, List.of(call.path()));
  }

  /// Sends the folder that the URL names, or what is wanted of it.
  ///
  /// @param wanted the folder itself, or paths below it
  String send(Call call, List<SharePath> wanted) throws Problem, Refusal, IOException {
    String format = call.query().value(ARCHIVE).orElse("");
    boolean isTar = format.equals("tar");
    if (!isTar && !format.equals("zip")) {
      throw Problem.badRequest("archive is tar or zip");
    }
    boolean withDigests = call.query().isOn(DIGEST);
    SharePath folder = call.path();
    if (share.find(folder).filter(Entry.Folder.class::isInstance).isEmpty()) {
      throw new Refusal.Missing(folder);
    }
    HttpFields.Mutable fields = call.reply().fields();
    Safety.ofFile(fields);
    fields.put(HttpHeader.CONTENT_TYPE, isTar ? "application/x-tar" : "application/zip");
    String name = folder.isRoot() ? NAME_OF_THE_SHARE : folder.name();
    fields.put("Content-Disposition", ContentDisposition.of(name + "." + format, false));
    call.reply().status(200);
    if (call.isHead()) {
      call.reply().begin();
      return "asked";
    }
    try (ReplyStream out = ReplyStream.of(call, Long.MAX_VALUE);
        ArchiveWriter archive = isTar ? new TarArchive(out, withDigests) : new ZipArchive(out)) {
      for (SharePath path : wanted) {
        add(archive, path, folder.parent());
      }
      archive.finish();
      out.flush();
    }
    return "sent";
  }

  /// Adds what is at `path` with all below it. What isn't there any more is left out.
  private void add(ArchiveWriter archive, SharePath path, SharePath around)
      throws Refusal, IOException {
    if (addFile(archive, path, around)) {
      return;
    }
    Optional<Entry> found = share.find(path);
    if (found.isPresent()) {
      add(archive, new TreeEntry(path, found.get()), around);
    }
    if (found.filter(Entry.Folder.class::isInstance).isPresent()) {
      try (TreeEntries below = share.tree(path, TreeEntries.Order.FOLDER_FIRST)) {
        for (var next = below.next(); next.isPresent(); next = below.next()) {
          add(archive, next.get(), around);
        }
      } catch (Refusal.Missing e) {
        // It went between the two looks.
      }
    }
  }

  private void add(ArchiveWriter archive, TreeEntry found, SharePath around)
      throws Refusal, IOException {
    switch (found.entry()) {
      case Entry.Folder folder when found.path().isRoot() -> {}
      case Entry.Folder folder ->
          archive.folder(MemberName.of(found.path(), around), folder.modified());
      case Entry.File _ -> {
        // One that isn't there any more went before its turn.
        boolean _ = addFile(archive, found.path(), around);
      }
    }
  }

  /// Adds a file; false where there is none.
  private boolean addFile(ArchiveWriter archive, SharePath path, SharePath around)
      throws Refusal, IOException {
    try (Download file = share.open(path)) {
      archive.file(MemberName.of(path, around), file);
      return true;
    } catch (Refusal.Missing e) {
      return false;
    }
  }
}
