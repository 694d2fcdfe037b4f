package org.privateshare.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.privateshare.page.Asset;
import org.privateshare.page.Assets;

/// GET of a file that pages load. Everybody may: they are the same for all, and the sign-in page
/// needs them.
final class ShowAsset implements Action {
  private static final String GZIP = "gzip";

  @Override
  public boolean needsKey() {
    return false;
  }

  @Override
  public void permit(Call call) {
    // Everybody may.
  }

  @Override
  public String answer(Call call) throws Problem, PeerGone {
    Asset asset = Assets.ours().find(call.path().toString()).orElseThrow(Problem::nothingHere);
    if (call.target().endsWithSlash()) {
      throw Problem.nothingHere();
    }
    HttpFields.Mutable fields = call.reply().fields();
    Safety.ofAsset(fields);
    fields.put(HttpHeader.VARY, HttpHeader.ACCEPT_ENCODING.asString());
    ByteBuffer bytes = asset.bytes();
    if (takesGzip(call.fields())) {
      fields.put(HttpHeader.CONTENT_ENCODING, GZIP);
      bytes = asset.gzipped();
    }
    call.reply().say(200, asset.type(), bytes);
    return "sent";
  }

  private static boolean takesGzip(HttpFields fields) {
    return fields.getQualityCSV(HttpHeader.ACCEPT_ENCODING).stream()
        .anyMatch(coding -> coding.equalsIgnoreCase(GZIP) || coding.equals("*"));
  }
}
