import { createHash } from 'node:crypto';
import { WecomError } from './errors.ts';

/** A picture or file as it is sent. */
export interface Enclosure {
  kind: 'image' | 'file';
  /** as its receiver sees it */
  name: string;
  bytes: Buffer;
}

type Answer = Promise<Record<string, unknown>>;
export interface MediaParts {
  apiBase: string;
  groups: ReadonlyMap<string, string>;
  /** POSTs to an address of the API; WeCom's refusals are thrown */
  request(api: string, url: string, body: object): Answer;
  /** the same with the app's token */
  call(api: string, path: string, body: object): Answer;
  sendTo(userid: string, deliveryId: number, message: object): Promise<string | null>;
}

// A webhook takes a picture of 2 MB at most; a larger one goes as a file.
const MOST_PICTURE_BYTES = 2 * 1024 * 1024;

/** A form with one file, in the field the platform looks into (protocol notes 3.9). */
function formOf({ name, bytes }: Enclosure): FormData {
  const form = new FormData();
  form.append('media', new Blob([new Uint8Array(bytes)]), name);
  return form;
}

/** Sending pictures and files, which the platform wants in two steps. */
export function mediaCalls({ apiBase, groups, request, call, sendTo }: MediaParts) {
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

    /**
     * 发送图片或文件到群, by its webhook robot: a picture goes in the message itself, a file is uploaded before.
     * https://developer.work.weixin.qq.com/document/path/99110
     * @throws WecomError; 93000 for a group that has no robot.
     */
    async enclosureToGroup(group: string, enclosure: Enclosure): Promise<void> {
      const key = groups.get(group);
      if (!key) throw new WecomError('webhook/send', 93000);
      const { kind, bytes } = enclosure;
      const url = `${apiBase}/cgi-bin/webhook/send?key=${key}`;
      if (kind === 'image' && bytes.length <= MOST_PICTURE_BYTES) {
        const md5 = createHash('md5').update(bytes).digest('hex');
        await request('webhook/send', url, { msgtype: 'image', image: { base64: bytes.toString('base64'), md5 } });
        return;
      }
      const upload = `${apiBase}/cgi-bin/webhook/upload_media?key=${key}&type=file`;
      const uploaded = await request('webhook/upload_media', upload, formOf(enclosure));
      const file = { media_id: String(uploaded['media_id']) };
      await request('webhook/send', url, { msgtype: 'file', file });
    },
  };
}
