/** A picture or file as it is sent. */
export interface Enclosure {
  kind: 'image' | 'file';
  /** as its receiver sees it */
  name: string;
  bytes: Buffer;
}

type Answer = Promise<Record<string, unknown>>;
export interface MediaParts {
  /** POSTs to the API with the app's token; WeCom's refusals are thrown */
  call(api: string, path: string, body: object): Answer;
  sendTo(userid: string, deliveryId: number, message: object): Promise<string | null>;
}

/** A form with one file, in the field the platform looks into (protocol notes 3.9). */
export function formOf({ name, bytes }: Enclosure): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

/** Sending pictures and files, which the platform wants in two steps. */
export function mediaCalls({ call, sendTo }: MediaParts) {
  return {
    /**
     * 上传临时素材 and send it to a member; the id lives three days, so it is never kept.
     * https://developer.work.weixin.qq.com/document/path/90253
     */
    async sendEnclosure(userid: string, enclosure: Enclosure, deliveryId: number): Promise<string | null> {
      const { kind } = enclosure;
      const uploaded = await call('media/upload', `/cgi-bin/media/upload?type=${kind}`, formOf(enclosure));
      const media = { media_id: String(uploaded['media_id']) };
      return sendTo(userid, deliveryId, { msgtype: kind, [kind]: media });
    },
  };
}
